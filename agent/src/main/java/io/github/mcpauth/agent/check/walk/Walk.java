package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.client.ClientProfile;
import io.github.mcpauth.agent.check.target.Target;
import io.github.mcpauth.agent.check.wire.AddressGuard;
import io.github.mcpauth.agent.check.wire.Proxies;
import io.github.mcpauth.agent.check.wire.Wire;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.agent.recorder.DirectRecorder;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.Users;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Walks one server: its stages in order, with what the rules find at the stage where it belongs.
 * Nothing is changed on the server but sessions of its own, which it ends.
 */
public final class Walk {

  /** As long as the most patient rule waits for what an application may do next. */
  private static final Duration QUIET = Duration.ofSeconds(31);

  /** What the checker leaves undone is no fault of a server: it does not log in. */
  private static final Set<String> ABOUT_THE_HOST =
      Set.of("challenge-ignored", "authorization-not-completed");

  private final WalkState state;
  private final Pipeline pipeline;
  private final SkippingClock clock = new SkippingClock();
  private final DirectRecorder recorder;
  private final Consumer<Step> heard;
  private final List<Done> all = new ArrayList<>();
  private int told;

  /**
   * @param recorder takes everything down
   * @param heard hears of each step as it is done
   * @param version of this program, as the server is told
   */
  public Walk(
      Target target,
      ClientProfile client,
      Settings settings,
      Duration timeout,
      DirectRecorder recorder,
      Consumer<Step> heard,
      String version) {
    this.recorder = recorder;
    this.heard = heard;
    Diagnosis diagnosis = new Diagnosis(config(settings, client), clock, recorder);
    this.pipeline = new Pipeline(diagnosis, recorder, clock, settings.bodyLimit());
    Wire wire = new Wire(AddressGuard.of(target.origin()), Proxies.ofThisProcess(), timeout);
    RequestSender sender =
        new RequestSender(wire, pipeline, target.origin(), client.followsRedirects());
    ClientRequests calls = new ClientRequests(sender, target, client, version);
    this.state = new WalkState(target, client, sender, calls);
  }

  private static Config config(Settings settings, ClientProfile client) {
    Set<String> disabled = new HashSet<>(settings.disabledRules());
    disabled.addAll(ABOUT_THE_HOST);
    if (client.followsRedirects()) {
      disabled.add("redirect-not-followed"); // Where it does not go, that is its own caution.
    }
    Set<String> sdk =
        switch (client.id()) {
          case "java-sdk" -> Set.of("mcp-java-sdk");
          case "langchain4j" -> Set.of("langchain4j");
          default -> Set.of();
        };
    return new Config(
        disabled,
        FixMode.OFF,
        Map.of(),
        settings.headersLimit(),
        settings.headersWarn(),
        Users.ONE,
        () -> sdk);
  }

  /**
   * All of it.
   *
   * @param headerBytes whether to look for the size of head at which the server refuses
   */
  public Walked run(boolean headerBytes) {
    boolean token = !state.hasKey();
    part(new OpeningStage(), new OldTransportStage());
    discovery(token);
    part(new LoginStage());
    boolean early = state.wantsLogin;
    part(new SessionStage());
    if (state.wantsLogin && !early) {
      discovery(true); // It lets anybody in, and wants a login for what there is to do.
    }
    part(new SessionEndStage());
    part(new StatelessStage(), new ReconnectStage());
    part(new OriginStage());
    if (headerBytes && !state.unreachable) {
      part(new HeaderBytesStage());
    }
    pipeline.close();
    attribute(all, fresh());
    List<Step> steps = all.stream().flatMap(each -> each.steps().stream()).toList();
    return new Walked(state.target, state.client, steps, standing());
  }

  /**
   * Where to log in. A strict client stops at a document that names another resource, so the rules
   * hear of nothing more before that is judged; but one for the whole origin may name that.
   */
  private void discovery(boolean settles) {
    List<Done> part = ask(List.of(new ResourceMetadataStage()));
    boolean whole =
        state.resource != null
            && state.resourceAtRoot
            && state.target.origin().toString().equals(state.resource.resource());
    if (settles && state.resource != null && !whole) {
      settle();
    }
    part.addAll(
        ask(List.of(new AuthorizationServerStage(), new RegistrationStage(), new PkceStage())));
    if (settles) {
      settle();
    }
    tell(part);
  }

  private Standing standing() {
    if (state.unreachable) {
      return Standing.UNREACHABLE;
    }
    if (state.connected && (state.isOpen || state.credential())) {
      return Standing.CONNECTED;
    }
    if (state.wantsLogin) {
      return state.credential() ? Standing.REFUSES_CREDENTIAL : Standing.WANTS_LOGIN;
    }
    return Standing.NOT_CONNECTED;
  }

  private void part(Stage... stages) {
    tell(ask(List.of(stages)));
  }

  private List<Done> ask(List<Stage> stages) {
    List<Done> part = new ArrayList<>();
    for (Stage stage : stages) {
      long before = recorder.lastExchange();
      List<Step> steps = new ArrayList<>();
      for (Step step : stage.run(state)) {
        steps.add(step.saying(recorder.safe(step.text())));
      }
      if (!steps.isEmpty()) {
        part.add(new Done(stage, steps, before + 1, recorder.lastExchange()));
      }
    }
    return part;
  }

  /** Nothing more is done about what was asked: what waits for that is judged. */
  private void settle() {
    clock.skip(QUIET);
    pipeline.observations().tick();
  }

  private void tell(List<Done> part) {
    if (!part.isEmpty()) {
      attribute(part, fresh());
      part.forEach(each -> each.steps().forEach(heard));
      all.addAll(part);
    }
  }

  private List<Finding> fresh() {
    List<Finding> found = recorder.findings();
    List<Finding> fresh = found.subList(told, found.size());
    told = found.size();
    return fresh;
  }

  /** Each finding goes to the stage that it is about, else to the one that saw its evidence. */
  private static void attribute(List<Done> part, List<Finding> found) {
    for (Finding finding : found) {
      Done its = part.get(0);
      for (Done each : part) {
        if (each.stage().rules().contains(finding.rule())) {
          its = each;
          break;
        }
        its = each.saw(finding) && each.stage().rules().isEmpty() ? each : its;
      }
      int last = its.steps().size() - 1;
      its.steps().set(last, its.steps().get(last).with(finding));
    }
  }

  /**
   * What a stage did.
   *
   * @param from the number of its first exchange
   * @param to of its last
   */
  private record Done(Stage stage, List<Step> steps, long from, long to) {
    boolean saw(Finding finding) {
      return finding.evidence().stream()
          .anyMatch(each -> each.exchangeId() >= from && each.exchangeId() <= to);
    }
  }
}
