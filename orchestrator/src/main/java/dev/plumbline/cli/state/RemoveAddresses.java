package dev.plumbline.cli.state;

import dev.plumbline.cli.CliContext;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "rm", description = "Forget resources, which go on to exist. Needs the role admin.")
final class RemoveAddresses extends OfOneStack {
    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ADDRESS",
            description = "As 'plumbline state list' has it.")
    private List<String> addresses = new ArrayList<>();

    RemoveAddresses(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        return change("rm", addresses);
    }
}
