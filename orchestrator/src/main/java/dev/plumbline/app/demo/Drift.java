package dev.plumbline.app.demo;

import dev.plumbline.web.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The world changes without a commit; a drift check finds it and says so once. */
final class Drift implements Chapter {
    private static final String CHANGED = "ns7.example.net";

    @Override
    public String title() {
        return "Find what changed outside Git";
    }

    @Override
    public void play(Stage stage) {
        stage.say(
                "Terraform's built-in provider has no cloud behind it that could drift. So the stack dns reads a value"
                        + " from a file outside Git, as it would read a cloud's with a data source: the file stands for the DNS"
                        + " provider, which now moves the zone to another name server. The next check of main, on its schedule"
                        + " or asked for, finds what no longer is as main wants it:");
        stage.serveFrom(CHANGED, true);
        stage.plumbline(2, "drift", "check", "--all");
        stage.say("");
        Views.Status status = stage.status();
        stage.check(
                "dns differs from main, and nothing else does",
                Stacks.ALL.stream()
                        .allMatch(id -> Integer.valueOf(id.equals(Stacks.DNS) ? 1 : 0)
                                .equals(stage.stack(id).drifted())),
                () -> status.stacks().toString());
        stage.plumbline(2, "drift", "check", "dns");
        List<String> alerts = alerts(stage);
        stage.say("");
        stage.say("The server's log has the alert:");
        alerts.forEach(stage::show);
        stage.say("");
        stage.check(
                "two checks found it, and one alert was sent for it, to the server's log and to status",
                alerts.size() == 1
                        && alerts.get(0).contains(CHANGED)
                        && status.alerts().size() == 1
                        && alerts.get(0).contains(status.alerts().get(0)),
                () -> "the log has " + alerts + ", status " + status.alerts());
    }

    private static List<String> alerts(Stage stage) {
        try {
            return Files.readAllLines(stage.folder().log()).stream()
                    .filter(line -> line.contains(" WARN  alert: "))
                    .toList();
        } catch (IOException cause) {
            throw new StepFailed("the server's log can't be read: " + cause, cause);
        }
    }
}
