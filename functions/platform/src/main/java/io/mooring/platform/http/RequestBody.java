package io.mooring.platform.http;

import jakarta.enterprise.context.RequestScoped;

/** The very bytes of the body of the request at hand, as they were received. */
@RequestScoped
public class RequestBody {
  private byte[] bytes = new byte[0];

  void is(byte[] received) {
    bytes = received;
  }

  public byte[] bytes() {
    return bytes.clone();
  }
}
