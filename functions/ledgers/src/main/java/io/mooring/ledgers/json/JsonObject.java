package io.mooring.ledgers.json;

import io.mooring.ledgers.json.JsonSlice.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The members of one JSON object, each a slice of the bytes that it was read from. */
public final class JsonObject {
  private final byte[] text;
  private final List<String> names;
  private final List<JsonSlice> values;

  JsonObject(byte[] text, List<String> names, List<JsonSlice> values) {
    this.text = text;
    this.names = names;
    this.values = values;
  }

  public Optional<JsonSlice> slice(String name) {
    int i = names.indexOf(name);
    return i < 0 ? Optional.empty() : Optional.of(values.get(i));
  }

  /** The bytes of one member's value exactly as they came. */
  public Optional<byte[]> raw(String name) {
    return slice(name).map(slice -> Arrays.copyOfRange(text, slice.from(), slice.to()));
  }

  public Optional<String> string(String name) {
    return slice(name, Kind.STRING, "a string").map(slice -> StrictJson.decoded(text, slice));
  }

  public Optional<Boolean> flag(String name) {
    return slice(name, Kind.BOOLEAN, "true or false").map(slice -> text[slice.from()] == 't');
  }

  /** A number without fraction or exponent, and not below zero. */
  public OptionalLong whole(String name) {
    Optional<JsonSlice> slice = slice(name, Kind.NUMBER, "a whole number");
    if (slice.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseUnsignedLong(StrictJson.number(text, slice.get())));
    } catch (NumberFormatException e) {
      throw new JsonRefusedException("'" + name + "' must be a whole number", slice.get().from());
    }
  }

  /** Refuses a member that nobody would read: a misspelt name must not be silently ignored. */
  public void allowOnly(Set<String> known) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new JsonRefusedException("there is no member '" + StrictJson.shown(name) + "' here");
      }
    }
  }

  private Optional<JsonSlice> slice(String name, Kind kind, String expected) {
    Optional<JsonSlice> slice = slice(name);
    if (slice.isPresent() && slice.get().kind() != kind) {
      throw new JsonRefusedException("'" + name + "' must be " + expected, slice.get().from());
    }
    return slice;
  }
}
