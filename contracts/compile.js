// Compiles every contract of which an artifact is kept: `node compile.js [folder]`, after `npm ci`.
// The same sources and compilers give the same bytes, on every machine.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const folder = process.argv[2] ?? path.join(here, 'artifacts');

const modern = { solc: 'solc', evmVersion: 'cancun', optimizer: { enabled: true, runs: 200 } };
const ours = (name) => ({ ...modern, source: `src/${name}.sol`, name, licence: 'MIT' });

const kept = [
  ours('Pledges'),
  ours('Token20'),
  ours('Token721'),
  ours('Token1155'),
  ...[
    ['core/EntryPoint.sol', 'EntryPoint'],
    ['accounts/SimpleAccountFactory.sol', 'SimpleAccountFactory'],
    ['accounts/SimpleAccount.sol', 'SimpleAccount'],
  ].map(([file, name]) => ({
    ...modern,
    viaIR: true,
    optimizer: { enabled: true, runs: 1000 },
    source: `@account-abstraction/contracts/${file}`,
    name,
    licence: 'GPL-3.0 (https://github.com/eth-infinitism/account-abstraction)',
  })),
  ...['UniswapV2Factory', 'UniswapV2Pair'].map((name) => ({
    solc: 'solc-0.5.16',
    evmVersion: 'istanbul',
    optimizer: { enabled: true, runs: 999999 },
    source: `@uniswap/v2-core/contracts/${name}.sol`,
    name,
    licence: 'GPL-3.0-or-later (https://github.com/Uniswap/v2-core)',
  })),
  ...[
    ['Safe.sol', 'Safe'],
    ['proxies/SafeProxyFactory.sol', 'SafeProxyFactory'],
  ].map(([file, name]) => ({
    solc: 'solc-0.7.6',
    evmVersion: 'istanbul',
    optimizer: { enabled: false, runs: 200 },
    source: `@safe-global/safe-contracts/contracts/${file}`,
    name,
    licence: 'LGPL-3.0 (https://github.com/safe-global/safe-smart-account)',
  })),
];

const locate = (source) =>
  path.join(here, source.startsWith('@') ? path.join('node_modules', source) : source);

function compile(contract) {
  const sources = new Map();
  const read = (source) => {
    if (!sources.has(source)) {
      sources.set(source, fs.readFileSync(locate(source), 'utf8'));
    }
    return { contents: sources.get(source) };
  };
  const settings = {
    evmVersion: contract.evmVersion,
    optimizer: contract.optimizer,
    outputSelection: { [contract.source]: { [contract.name]: ['abi', 'evm.bytecode.object'] } },
  };
  if (contract.viaIR) {
    settings.viaIR = true;
  }
  const input = {
    language: 'Solidity',
    sources: { [contract.source]: { content: read(contract.source).contents } },
    settings,
  };
  const solc = require(contract.solc);
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read }));
  const errors = (output.errors ?? []).filter((error) => error.severity === 'error');
  if (errors.length > 0) {
    throw new Error(errors.map((error) => error.formattedMessage).join('\n'));
  }
  const made = output.contracts[contract.source][contract.name];
  const hash = createHash('sha256');
  for (const source of [...sources.keys()].sort()) {
    hash.update(source).update('\0').update(sources.get(source)).update('\0');
  }
  return {
    name: contract.name,
    source: contract.source,
    licence: contract.licence,
    compiler: solc.version(),
    evmVersion: contract.evmVersion,
    sourcesSha256: hash.digest('hex'),
    abi: made.abi,
    bytecode: '0x' + made.evm.bytecode.object,
  };
}

fs.mkdirSync(folder, { recursive: true });
for (const contract of kept) {
  const artifact = compile(contract);
  // One line for all but the longest members keeps differences readable.
  const lines = Object.entries(artifact).map(([key, value]) => `"${key}":${JSON.stringify(value)}`);
  fs.writeFileSync(path.join(folder, `${contract.name}.json`), `{\n${lines.join(',\n')}\n}\n`);
  console.log(`${contract.name}: ${(artifact.bytecode.length - 2) / 2} bytes`);
}
