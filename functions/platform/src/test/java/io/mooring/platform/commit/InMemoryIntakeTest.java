package io.mooring.platform.commit;

import java.util.List;

class InMemoryIntakeTest extends IntakeContract {
  private InMemoryIntake intake = new InMemoryIntake(new Bed().pace());

  @Override
  protected Intake fresh() {
    intake = new InMemoryIntake(new Bed().pace(), HIDDEN_MILLIS);
    return intake;
  }

  @Override
  protected List<String> parkedReasons() {
    return intake.parkedReasons();
  }
}
