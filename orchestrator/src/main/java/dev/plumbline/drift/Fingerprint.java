package dev.plumbline.drift;

import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.plan.Value;
import dev.plumbline.terraform.plan.ValueJson;
import java.nio.charset.StandardCharsets;

/** Identifies a divergence; keyed, so that nobody can find a secret value by trying digests. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(ServerKey key, StackId stack, String address, String path, Value one, Value other) {
        StringBuilder all = new StringBuilder();
        for (String part :
                new String[] {stack.qualified(), address, path, ValueJson.plain(one), ValueJson.plain(other)}) {
            all.append(part.length()).append(':').append(part);
        }
        return key.hmacHex("divergence", all.toString().getBytes(StandardCharsets.UTF_8));
    }
}
