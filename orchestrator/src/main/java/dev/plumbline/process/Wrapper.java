package dev.plumbline.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.exec.CommandLine;

/**
 * The constant script around a durable command. Everything that varies reaches it as an argument, never as its text.
 *
 * <p>The pid file is made by a hard link, which fails where the file exists: of a wrapper that is late and an adopter
 * that has given it up, exactly one wins. Handlers are {@code :} and not empty, because ignored signals would be
 * inherited by the command.
 */
final class Wrapper {
    private static final String SCRIPT = """
            umask 077
            trap : INT TERM HUP
            exec </dev/null >/dev/null 2>&1
            pidfile=$1 out=$2 rc=$3
            shift 3
            read -r stat <"/proc/$$/stat" || exit 125
            printf '%s\\n' "$stat" >"$pidfile.new" || exit 125
            ln "$pidfile.new" "$pidfile" || exit 125
            "$@" >"$out" 2>&1
            code=$?
            printf '%s\\n' "$code" >"$rc.new" || exit 125
            sync "$rc.new"
            mv "$rc.new" "$rc"
            """;

    private Wrapper() {}

    static CommandLine line(Path setsid, Command command, RunFolder folder) {
        List<String> arguments = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "plumbline-run"));
        arguments.add(folder.pid().toString());
        arguments.add(folder.output().toString());
        arguments.add(folder.exit().toString());
        arguments.add(command.program().toString());
        arguments.addAll(command.arguments());
        return new ExactCommandLine(setsid, arguments);
    }
}
