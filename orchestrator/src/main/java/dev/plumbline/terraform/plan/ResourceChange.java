package dev.plumbline.terraform.plan;

import java.util.Collections;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What becomes of one resource instance, or of one of its deposed objects.
 *
 * @param address with module and index, for example {@code module.a.aws_sqs_queue.q["x"]}
 * @param previousAddress where it stood before it was moved; empty where it was not
 * @param provider the provider's source address, for example {@code registry.terraform.io/hashicorp/aws}
 * @param deposedKey empty for the instance's current object
 * @param replacePaths the attributes that can't be changed in place
 */
public record ResourceChange(
        ResourceAddress address,
        String previousAddress,
        String provider,
        String deposedKey,
        Change change,
        ActionReason reason,
        SortedSet<Path> replacePaths) {

    /** By module, then address, then deposed key. */
    public static final Comparator<ResourceChange> BY_ADDRESS = Comparator.comparing(
                    (ResourceChange change) -> change.address().text())
            .thenComparing(ResourceChange::deposedKey);

    public ResourceChange {
        replacePaths = Collections.unmodifiableSortedSet(new TreeSet<>(replacePaths));
    }

    public Action action() {
        return change.action();
    }

    /** Whether it comes from another address. */
    public boolean moved() {
        return !previousAddress.isEmpty();
    }

    /** Whether anything is done to it: changed, moved, imported or forgotten. */
    public boolean hasEffect() {
        return action() != Action.NO_OP || moved() || change.importing() != null;
    }

    ResourceChange withSensitive(SortedSet<Path> more) {
        return new ResourceChange(
                address, previousAddress, provider, deposedKey, change.withSensitive(more), reason, replacePaths);
    }
}
