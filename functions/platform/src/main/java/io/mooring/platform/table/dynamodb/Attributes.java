package io.mooring.platform.table.dynamodb;

import io.mooring.platform.table.DerivedItems.Derived;
import io.mooring.platform.table.Item;
import io.mooring.platform.table.Key;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The names of the table's attributes, and items written in them and read from them. */
public final class Attributes {
  public static final String PARTITION = "pk";
  public static final String SORT = "sk";

  /** A number: the commit that wrote the item. */
  public static final String VERSION = "v";

  /** Bytes: the item's body, or the commit record. */
  public static final String BODY = "b";

  /** A number: seconds since 1970 after which a derived item may be forgotten. */
  public static final String EXPIRY = "x";

  private Attributes() {}

  public static Map<String, AttributeValue> key(Key key) {
    return Map.of(PARTITION, text(key.partition()), SORT, text(key.sort()));
  }

  public static Map<String, AttributeValue> item(Item item) {
    Map<String, AttributeValue> attributes = new HashMap<>(key(item.key()));
    attributes.put(VERSION, number(item.version()));
    attributes.put(BODY, bytes(item.body()));
    return attributes;
  }

  public static Item item(Map<String, AttributeValue> attributes) {
    Key key = new Key(required(attributes, PARTITION).s(), required(attributes, SORT).s());
    return new Item(
        key,
        Long.parseLong(required(attributes, VERSION).n()),
        required(attributes, BODY).b().asByteArrayUnsafe());
  }

  /** An attribute that every item of its kind has. */
  public static AttributeValue required(Map<String, AttributeValue> attributes, String name) {
    AttributeValue value = attributes.get(name);
    if (value == null) {
      throw new IllegalStateException("an item without its attribute " + name);
    }
    return value;
  }

  static Map<String, AttributeValue> derived(Derived derived) {
    Map<String, AttributeValue> attributes = item(derived.item());
    if (derived.expires()) {
      attributes.put(EXPIRY, number(derived.expiry().getEpochSecond()));
    }
    return attributes;
  }

  static Derived derived(Map<String, AttributeValue> attributes) {
    AttributeValue expiry = attributes.get(EXPIRY);
    return new Derived(
        item(attributes),
        expiry == null ? Derived.NEVER : Instant.ofEpochSecond(Long.parseLong(expiry.n())));
  }

  public static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  public static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  public static AttributeValue bytes(byte[] value) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value));
  }
}
