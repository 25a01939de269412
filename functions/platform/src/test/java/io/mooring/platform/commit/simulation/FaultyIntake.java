package io.mooring.platform.commit.simulation;

import io.mooring.platform.LedgerId;
import io.mooring.platform.commit.InMemoryIntake;
import io.mooring.platform.commit.Intake;
import io.mooring.platform.commit.simulation.Faults.Fault;
import io.mooring.platform.table.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The intake over a bad network: loses, doubles, delays and shuffles. */
final class FaultyIntake implements Intake {
  private final World world;
  private final InMemoryIntake intake;
  private final Faults faults;

  FaultyIntake(World world, InMemoryIntake intake, Faults faults) {
    this.world = world;
    this.intake = intake;
    this.faults = faults;
  }

  @Override
  public void send(LedgerId ledger, byte[] message) {
    Fault fault = faults.next();
    world.sleep(faults.latency());
    switch (fault) {
      case NONE -> intake.send(ledger, message);
      case DONE_TWICE -> {
        intake.send(ledger, message);
        intake.send(ledger, message);
      }
      case REPLY_LOST -> {
        intake.send(ledger, message);
        throw new StoreUnavailableException(fault.name());
      }
      case DONE_LATE -> {
        world.at(world.now() + faults.lateness(), () -> intake.send(ledger, message));
        throw new StoreUnavailableException(fault.name());
      }
      case REQUEST_LOST, THROTTLED, CONFLICT -> throw new StoreUnavailableException(fault.name());
    }
  }

  @Override
  public List<Delivery> receive(int most, long waitMillis) {
    int fewer = 1 + world.random().nextInt(8);
    List<Delivery> deliveries = new ArrayList<>(intake.receive(Math.min(most, fewer), waitMillis));
    Collections.shuffle(deliveries, world.random());
    return deliveries;
  }

  /** A message that was dealt with may come again. */
  @Override
  public void done(List<Delivery> deliveries) {
    world.sleep(faults.latency());
    intake.done(deliveries.stream().filter(ignored -> faults.next() == Fault.NONE).toList());
  }

  @Override
  public void park(Delivery delivery, String reason) {
    intake.park(delivery, reason);
  }
}
