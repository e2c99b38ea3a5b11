package dev.plumbline.cli.state;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.web.ApiJson;
import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "What a state says of one resource, or of all; secrets masked.")
final class ShowState extends OfOneStack {
    @Parameters(index = "1", arity = "0..1", paramLabel = "ADDRESS", description = "As 'plumbline state list' has it.")
    private @Nullable String address;

    ShowState(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Views.State state = server().state(stack(), address);
        if (context().options().json()) {
            context().printJson(state);
            return ExitStatus.FINE;
        }
        ApiJson json = new ApiJson();
        List<String> lines = new ArrayList<>();
        state.resources().forEach(each -> lines.add(each.address() + " " + json.pretty(each.attributes())));
        if (!state.outputs().isEmpty()) {
            lines.add("outputs " + json.pretty(state.outputs()));
        }
        lines.forEach(line -> context().terminal().line(TerminalText.safe(line)));
        return ExitStatus.FINE;
    }
}
