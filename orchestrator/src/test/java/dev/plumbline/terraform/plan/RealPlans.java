package dev.plumbline.terraform.plan;

import dev.plumbline.RealParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/** Plans made by the real program: each of a folder of code, a state that came of an earlier one, and arguments. */
public final class RealPlans {

    /**
     * What a plan is made of.
     *
     * @param before code that is applied first; empty for none
     * @param stateEdit what is done to the state that came of it
     * @param code what is planned
     * @param secrets strings that must never be shown: sensitive variables and what is made of them
     */
    public record Shape(
            String name,
            String before,
            UnaryOperator<String> stateEdit,
            String code,
            List<String> arguments,
            Set<String> secrets) {

        public static Shape of(String name, String before, String code, String... arguments) {
            return new Shape(name, before, state -> state, code, List.of(arguments), Set.of());
        }

        public Shape editing(UnaryOperator<String> edit) {
            return new Shape(name, before, edit, code, arguments, secrets);
        }

        public Shape hiding(String... more) {
            return new Shape(name, before, stateEdit, code, arguments, Set.of(more));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A plan file, and what {@code show -json} and {@code show} say of it. */
    public record Made(Shape shape, Path file, byte[] showJson, String showText) {
        @Override
        public String toString() {
            return shape.name();
        }
    }

    private RealPlans() {}

    /** Whether the program is there. */
    public static void assumeTerraform() {
        RealParts.terraform();
    }

    /** Makes them, two at a time, by the Terraform on PATH. */
    public static Map<String, Made> make(Path folder, List<Shape> shapes) {
        return make("terraform", folder, shapes);
    }

    /** Makes them, two at a time. */
    public static Map<String, Made> make(String program, Path folder, List<Shape> shapes) {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Map<String, Future<Made>> going = new LinkedHashMap<>();
            shapes.forEach(shape ->
                    going.put(shape.name(), two.submit(() -> make(program, folder.resolve(shape.name()), shape))));
            Map<String, Made> made = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Made>> one : going.entrySet()) {
                made.put(one.getKey(), one.getValue().get());
            }
            return made;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            two.shutdownNow();
        }
    }

    /** Makes one. */
    public static Made make(Path folder, Shape shape) {
        return make("terraform", folder, shape);
    }

    private static Made make(String program, Path folder, Shape shape) {
        try {
            Files.createDirectories(folder);
            if (!shape.before().isEmpty()) {
                lay(folder, shape.before());
                run(program, folder, Set.of(0), "init", "-input=false", "-no-color");
                run(program, folder, Set.of(0), "apply", "-auto-approve", "-input=false", "-no-color");
                Path state = folder.resolve("terraform.tfstate");
                Files.writeString(state, shape.stateEdit().apply(Files.readString(state)));
            }
            lay(folder, shape.code());
            run(program, folder, Set.of(0), "init", "-input=false", "-no-color");
            return plan(program, folder, shape);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plans in a folder that is ready, and asks {@code show} about the plan. */
    public static Made plan(Path folder, Shape shape) {
        return plan("terraform", folder, shape);
    }

    private static Made plan(String program, Path folder, Shape shape) {
        List<String> arguments =
                new ArrayList<>(List.of("plan", "-input=false", "-no-color", "-out=" + shape.name() + ".plan"));
        arguments.addAll(shape.arguments());
        run(program, folder, Set.of(0, 1), arguments.toArray(String[]::new));
        Path file = folder.resolve(shape.name() + ".plan");
        byte[] json = run(program, folder, Set.of(0), "show", "-json", file.toString());
        String text = new String(
                run(program, folder, Set.of(0), "show", "-no-color", file.toString()), StandardCharsets.UTF_8);
        return new Made(shape, file, json, text);
    }

    /** Code is one file, or several, each after a line {@code ==> name}. */
    private static void lay(Path folder, String code) throws IOException {
        String whole = code.startsWith("==> ") ? code : "==> main.tf\n" + code;
        try (var old = Files.walk(folder)) {
            for (Path file : old.filter(path -> path.toString().endsWith(".tf")).toList()) {
                Files.delete(file);
            }
        }
        for (String part : whole.substring(4).split("\n==> ", -1)) {
            int end = part.indexOf('\n');
            Path file = folder.resolve(part.substring(0, end).strip());
            Files.createDirectories(file.getParent());
            Files.writeString(file, part.substring(end + 1));
        }
    }

    /** Runs the program with nothing of this machine's configuration; its standard output. */
    public static byte[] run(Path folder, Set<Integer> allowed, String... arguments) {
        return run("terraform", folder, allowed, arguments);
    }

    private static byte[] run(String program, Path folder, Set<Integer> allowed, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TF_") || name.startsWith("AWS_"));
            Path configuration = folder.resolve("cli.tfrc");
            if (!Files.exists(configuration)) {
                Files.writeString(configuration, "");
            }
            builder.environment().put("TF_CLI_CONFIG_FILE", configuration.toString());
            builder.environment().put("CHECKPOINT_DISABLE", "1");
            Path errors = Files.createTempFile(folder, "err", ".txt");
            int status = builder.redirectOutput(out.toFile())
                    .redirectError(errors.toFile())
                    .start()
                    .waitFor();
            if (!allowed.contains(status)) {
                throw new AssertionError(folder + ": terraform " + String.join(" ", arguments) + " ended with " + status
                        + "\n" + Files.readString(out) + Files.readString(errors));
            }
            return Files.readAllBytes(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
