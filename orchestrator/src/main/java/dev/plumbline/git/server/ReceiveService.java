package dev.plumbline.git.server;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.server.PushListener.Refusal;
import dev.plumbline.git.server.RefChange.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UnpackErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one push in: objects, rules, listener, refs, report, listener again. */
final class ReceiveService {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiveService.class);

    private static final String SHALLOW =
            "the push builds on commits that this server does not have, as a shallow clone's does:"
                    + " git fetch --unshallow, and push again";

    private final ServingRules rules;
    private final PushListener listener;
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    ReceiveService(ServingRules rules, PushListener listener) {
        this.rules = rules;
        this.listener = listener;
    }

    /** Set up alike for the advertisement and the push itself. */
    ReceivePack open(Repository repository) {
        ReceivePack pack = new ReceivePack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setAllowPushOptions(true);
        pack.setRefFilter(RefRules::visible);
        pack.setMaxPackSizeLimit(rules.largestPush());
        pack.setMaxObjectSizeLimit(rules.largestPush());
        // old histories hold sloppy modes and identities, which harm nobody
        pack.setObjectChecker(
                new ObjectChecker().setAllowLeadingZeroFileMode(true).setAllowInvalidPersonIdent(true));
        UnpackErrorHandler report = pack.getUnpackErrorHandler();
        pack.setUnpackErrorHandler(why -> {
            if (why instanceof MissingObjectException) {
                pack.sendMessage(SHALLOW);
            }
            report.handleUnpackException(why);
        });
        return pack;
    }

    void receive(Repository repository, String name, String actor, InputStream in, ClientStream client)
            throws IOException {
        ReceivePack pack = open(repository);
        boolean[] heard = {false};
        PackTurn turn = new PackTurn(in, turns.computeIfAbsent(name, made -> new ReentrantLock(true)));
        pack.setPreReceiveHook((receiving, commands) -> {
            turn.over();
            RefRules.refuse(commands);
            Push push = push(name, actor, receiving, pending(commands));
            heard[0] = !push.changes().isEmpty() && tellBefore(push, commands);
        });
        pack.setPostReceiveHook((receiving, moved) -> {
            if (heard[0]) {
                client.forgiving();
                tellAfter(push(name, actor, receiving, moved), receiving, client);
            }
        });
        try {
            pack.receiveWithExceptionPropagation(turn, client, null);
        } finally {
            turn.over();
        }
    }

    private boolean tellBefore(Push push, Collection<ReceiveCommand> commands) {
        try {
            Map<String, String> refused = new HashMap<>();
            for (Refusal refusal : listener.beforeAccept(push)) {
                refused.put(refusal.ref(), refusal.message());
            }
            for (ReceiveCommand command : pending(commands)) {
                String message = refused.get(command.getRefName());
                if (message != null) {
                    command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, RefRules.oneLine(message));
                }
            }
            return true;
        } catch (RuntimeException e) {
            LOG.error("push to {} refused, since it could not be written down", push.repository(), e);
            pending(commands)
                    .forEach(command -> command.setResult(
                            ReceiveCommand.Result.REJECTED_OTHER_REASON,
                            "the server could not write the push down; its log says why. Push again later"));
            return false;
        }
    }

    private void tellAfter(Push push, ReceivePack pack, ClientStream client) {
        push.changes()
                .forEach(change -> LOG.info(
                        "push to {} by {}: {} is now {}",
                        push.repository(),
                        push.actor(),
                        change.ref(),
                        change.after().map(CommitSha::hex).orElse("deleted")));
        try (OpenTerminal terminal = new OpenTerminal(pack, client, rules.keepAlive())) {
            try {
                listener.accepted(push, terminal);
            } catch (RuntimeException e) {
                LOG.error("what followed a push to {} failed", push.repository(), e);
                terminal.println("the push was taken in, but the server failed to follow it; its log says why");
                terminal.println("it is looked at again within two minutes: plumbline status");
            }
        }
    }

    private static List<ReceiveCommand> pending(Collection<ReceiveCommand> commands) {
        return commands.stream()
                .filter(command -> command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED)
                .toList();
    }

    private static Push push(String name, String actor, ReceivePack pack, Collection<ReceiveCommand> commands) {
        List<String> options = pack.getPushOptions();
        return new Push(
                name,
                actor,
                commands.stream().map(ReceiveService::change).toList(),
                options == null ? List.of() : options);
    }

    private static RefChange change(ReceiveCommand command) {
        Kind kind = switch (command.getType()) {
            case CREATE -> Kind.CREATE;
            case UPDATE -> Kind.UPDATE;
            case UPDATE_NONFASTFORWARD -> Kind.FORCED_UPDATE;
            case DELETE -> Kind.DELETE;
        };
        return new RefChange(command.getRefName(), sha(command.getOldId()), sha(command.getNewId()), kind);
    }

    private static Optional<CommitSha> sha(ObjectId id) {
        return id.equals(ObjectId.zeroId()) ? Optional.empty() : Optional.of(new CommitSha(id.name()));
    }
}
