package io.mooring.platform.commit;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.cbor.CborReader;
import io.mooring.ledger.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a commit carries: its manifest, the entries with their contents, and the effects.
 *
 * <pre>
 * { 1: manifest (bytes), 2: [ entry, … ], 3: [ effect, … ] }
 * </pre>
 */
public record Body(Manifest manifest, List<KeptEntry> entries, List<Effect> effects) {
  public static final int ENTRIES_MAX = 10_000;

  private static final int MANIFEST = 1;
  private static final int ENTRIES = 2;
  private static final int EFFECTS = 3;

  /** What a manifest can weigh: every entry a keyed write of its own, with a sealed answer. */
  private static final int MANIFEST_BYTES_MAX = 64 * 1024 * 1024;

  public Body {
    entries = List.copyOf(entries);
    effects = List.copyOf(effects);
    if (entries.size() != manifest.leaves().size()) {
      throw new MalformedException("a body has one leaf for each entry");
    }
  }

  byte[] toBytes() {
    return toBytes(manifest.toBytes());
  }

  /** For whoever has encoded the manifest already. */
  byte[] toBytes(byte[] encodedManifest) {
    CborWriter cbor = new CborWriter();
    cbor.map(3).unsigned(MANIFEST).bytes(encodedManifest);
    cbor.unsigned(ENTRIES).array(entries.size());
    entries.forEach(entry -> entry.writeTo(cbor));
    cbor.unsigned(EFFECTS).array(effects.size());
    effects.forEach(effect -> EffectCbor.write(cbor, effect));
    return cbor.toBytes();
  }

  static Body ofBytes(byte[] bytes) {
    CborReader cbor = new CborReader(bytes);
    Fields fields = new Fields(cbor);
    cbor.numberedMap(3, fields::read);
    cbor.end();
    return new Body(Manifest.ofBytes(fields.manifest), fields.entries, fields.effects);
  }

  private static final class Fields {
    private final CborReader cbor;
    private byte[] manifest = {};
    private final List<KeptEntry> entries = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    Fields(CborReader cbor) {
      this.cbor = cbor;
    }

    void read(long key) {
      switch ((int) key) {
        case MANIFEST -> manifest = cbor.bytes(MANIFEST_BYTES_MAX);
        case ENTRIES -> {
          for (int left = cbor.array(ENTRIES_MAX); left > 0; left--) {
            entries.add(KeptEntry.readFrom(cbor));
          }
        }
        case EFFECTS -> {
          for (int left = cbor.array(Write.EFFECTS_MAX); left > 0; left--) {
            effects.add(EffectCbor.read(cbor));
          }
        }
        default -> throw new MalformedException("a body has no field " + key);
      }
    }
  }
}
