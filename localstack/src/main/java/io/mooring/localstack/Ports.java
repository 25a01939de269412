package io.mooring.localstack;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The loopback ports that are asked for by number. */
final class Ports {
  private Ports() {}

  /** Refuses a port that somebody listens on already, before anything is started. */
  static void requireFree(int port, String variable) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assert probe.isBound();
    } catch (BindException e) {
      throw new StartRefusedException(
          "port " + port + " is taken: stop what listens there, or choose another by " + variable,
          e);
    } catch (IOException e) {
      throw new StartRefusedException("port " + port + " cannot be had: " + e.getMessage(), e);
    }
  }
}
