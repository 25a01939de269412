package io.mooring.evm.precompile;

import io.mooring.evm.crypto.Secp256k1;
import io.mooring.evm.pairing.Bls12381;

/** Where precompiles get their curves from, asked only when a contract needs one. */
interface Curves {
  // Not lambdas, whose making would be a good part of the engine's start.
  Curves FASTEST =
      new Curves() {
        @Override
        public Secp256k1 secp256k1() {
          return Secp256k1.fastest();
        }

        @Override
        public Bls12381 bls12381() {
          return Bls12381.fastest();
        }
      };

  Secp256k1 secp256k1();

  Bls12381 bls12381();
}
