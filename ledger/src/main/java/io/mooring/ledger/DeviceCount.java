package io.mooring.ledger;

/** Which device an entry comes from, and the device's own count of what it has sent. */
public record DeviceCount(String deviceId, long counter) {
  public static final int DEVICE_ID_BYTES_MAX = 128;

  private static final DeviceCount NONE = new DeviceCount("", 0);

  public DeviceCount {
    Words.requireWithin("device id", deviceId, DEVICE_ID_BYTES_MAX);
    if (counter < 0 || (deviceId.isEmpty() && counter != 0)) {
      throw new MalformedException("a device counter belongs to a device and is not negative");
    }
  }

  /** The entry comes from no device. */
  public static DeviceCount none() {
    return NONE;
  }

  public boolean isNone() {
    return deviceId.isEmpty();
  }
}
