package dev.plumbline.cli.state;

import dev.plumbline.cli.CliContext;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "mv", description = "Give a resource another address. Needs the role admin.")
final class MoveAddress extends OfOneStack {
    @Parameters(index = "1", paramLabel = "FROM", description = "As 'plumbline state list' has it.")
    private String from = "";

    @Parameters(index = "2", paramLabel = "TO", description = "The new address.")
    private String to = "";

    MoveAddress(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        return change("mv", List.of(from, to));
    }
}
