package dev.plumbline.hcl;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder's files, written down in a test. */
final class Folder {
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    static TerraformCode code(String mainTf) {
        return new Folder().with("main.tf", mainTf).code();
    }

    static TerraformCode jsonCode(String mainTfJson) {
        return new Folder().with("main.tf.json", mainTfJson).code();
    }

    Folder with(String name, String content) {
        files.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    TerraformCode code() {
        return TerraformCode.read(files);
    }

    TerraformCode code(Dialect dialect) {
        return TerraformCode.read(files, dialect);
    }
}
