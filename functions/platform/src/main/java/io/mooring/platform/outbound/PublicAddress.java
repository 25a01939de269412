package io.mooring.platform.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells the public Internet from everything else that an address can lead to. */
final class PublicAddress {
  private PublicAddress() {}

  /** Whether this is a unicast address outside all of IANA's special-purpose ranges. */
  static boolean is(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return switch (address) {
      case Inet4Address v4 -> isPublicV4(v4.getAddress());
      case Inet6Address v6 -> isPublicV6(v6.getAddress());
      default -> false;
    };
  }

  private static boolean isPublicV4(byte[] address) {
    int first = address[0] & 0xff;
    int second = address[1] & 0xff;
    int third = address[2] & 0xff;
    return !(first == 0
        || first == 10
        || first == 127
        || first >= 224
        || (first == 100 && second >= 64 && second < 128) // carrier-grade NAT
        || (first == 169 && second == 254) // link-local, where clouds keep their metadata
        || (first == 172 && second >= 16 && second < 32)
        || (first == 192 && second == 168)
        || (first == 192 && second == 0 && (third == 0 || third == 2))
        || (first == 192 && second == 88 && third == 99) // 6to4 relays
        || (first == 198 && (second == 18 || second == 19))
        || (first == 198 && second == 51 && third == 100)
        || (first == 203 && second == 0 && third == 113));
  }

  // Global unicast is 2000::/3; what wraps an IPv4 address in it could wrap a private one.
  private static boolean isPublicV6(byte[] address) {
    int first = ((address[0] & 0xff) << 8) | (address[1] & 0xff);
    int second = ((address[2] & 0xff) << 8) | (address[3] & 0xff);
    boolean global = (first & 0xe000) == 0x2000;
    boolean sixToFour = first == 0x2002;
    boolean ietf = first == 0x2001 && second < 0x0200; // Teredo, ORCHID and others of 2001::/23
    boolean documentation = (first == 0x2001 && second == 0x0db8) || first == 0x3fff;
    return global && !sixToFour && !ietf && !documentation;
  }
}
