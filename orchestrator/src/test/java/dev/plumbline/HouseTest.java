package dev.plumbline;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the table of which package may use which; each package's {@code package-info} says the same in words. */
class HouseTest {
    private static final Set<String> BASE = Set.of("config", "git", "hcl", "process", "secret");
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("secret", Set.of()),
            Map.entry("process", Set.of()),
            Map.entry("git", Set.of()),
            Map.entry("hcl", Set.of()),
            Map.entry("config", Set.of()),
            Map.entry("store", Set.of("secret")),
            Map.entry("stack", Set.of("config", "git", "hcl")),
            Map.entry("terraform", Set.of("hcl", "process", "secret")),
            Map.entry("forge", plus(Set.of("config", "git", "process"), "secret", "store")),
            Map.entry("policy", Set.of("config", "git", "secret", "stack", "terraform")),
            Map.entry("run", plus(BASE, "stack", "store", "terraform")),
            Map.entry("review", plus(BASE, "forge", "policy", "run", "stack", "store", "terraform")),
            Map.entry("drift", plus(BASE, "run", "stack", "store", "terraform")),
            Map.entry("access", Set.of("secret", "store")),
            Map.entry("web", plus(BASE, "access", "drift", "forge", "review", "run", "stack", "store", "terraform")),
            Map.entry("cli", plus(BASE, "access", "forge", "policy", "stack", "terraform", "web")));

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.plumbline");

    @Test
    void arrows_between_packages_point_down_only() {
        List<String> offences = new ArrayList<>();
        for (JavaClass room : HOUSE) {
            String from = roomOf(room);
            if (from.equals("app")) {
                continue;
            }
            assertThat(MAY_USE).as("the table names every package").containsKey(from);
            room.getDirectDependenciesFromSelf().forEach(arrow -> {
                JavaClass target = arrow.getTargetClass();
                if (target.getPackageName().startsWith("dev.plumbline.")) {
                    String to = roomOf(target);
                    if (!to.equals(from) && !MAY_USE.get(from).contains(to)) {
                        offences.add(arrow.getDescription());
                    }
                }
            });
        }
        assertThat(offences).isEmpty();
    }

    @Test
    void no_two_packages_need_each_other() {
        slices().matching("dev.plumbline.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void every_package_states_its_purpose_and_is_null_marked() {
        Set<String> marked = new java.util.TreeSet<>();
        Set<String> all = new java.util.TreeSet<>();
        for (JavaClass room : HOUSE) {
            all.add(room.getPackageName());
            if (room.getSimpleName().equals("package-info")
                    && room.isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                marked.add(room.getPackageName());
            }
        }
        assertThat(marked).containsAll(all);
    }

    private static String roomOf(JavaClass type) {
        String rest = type.getPackageName().substring("dev.plumbline.".length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static Set<String> plus(Set<String> base, String... more) {
        Set<String> all = new java.util.TreeSet<>(base);
        all.addAll(List.of(more));
        return all;
    }
}
