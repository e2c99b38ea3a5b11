package dev.plumbline.git.server;

import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Git's smart HTTP over JGit; mount it at {@code /git/*}. A repository answers at {@code /git/<name>.git}; pushing to a
 * name that none has makes it. Each push occupies one thread of the web server until its listener returns.
 *
 * <p>The protocol: Git's own documentation, {@code gitprotocol-http} and {@code gitprotocol-pack}.
 */
public final class GitServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(GitServlet.class);
    /** How many times the largest push is read and thrown away, before a client is cut off in mid-sentence. */
    private static final long DRAINED_PUSHES = 8;

    private static final String FLUSH = "0000";

    private final transient Mirrors mirrors;
    private final transient AccessCheck access;
    private final transient ServingRules rules;
    private final transient ReceiveService receiving;

    public GitServlet(Mirrors mirrors, AccessCheck access, PushListener listener, ServingRules rules) {
        this.mirrors = mirrors;
        this.access = access;
        this.rules = rules;
        this.receiving = new ReceiveService(rules, listener);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-cache, max-age=0, must-revalidate");
        try {
            answer(request, response);
        } catch (RefusedRequest refused) {
            refuse(response, refused.status(), refused.why());
        } catch (UnpackException e) {
            // the client has read why in its report; what it still sends is read so that it gets to see it
            LOG.debug("a push was not taken", e);
            drain(request);
        } catch (LimitedInput.TooLarge e) {
            refuse(response, 413, "the request is larger than this server takes");
        } catch (IOException e) {
            LOG.debug("a Git client sent nonsense or went away", e);
            refuse(response, 400, "not a complete Git request");
        } catch (RuntimeException e) {
            LOG.error("a Git request failed", e);
            refuse(response, 500, "the server failed; its log says why");
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        GitRequest asked = GitRequest.parse(request);
        String actor = actor(asked, response);
        boolean get = request.getMethod().equals("GET");
        if (get != asked.what().equals("info/refs")
                || !(get || request.getMethod().equals("POST"))) {
            throw new RefusedRequest(405, "Git asks for info/refs by GET and for the services by POST");
        }
        if (get) {
            advertise(asked, response);
        } else if (asked.what().equals(GitRequest.UPLOAD)) {
            upload(asked, response);
        } else {
            receive(asked, response, actor);
        }
    }

    /**
     * Who asks.
     *
     * @throws RefusedRequest where they may not
     */
    private String actor(GitRequest asked, HttpServletResponse response) {
        AccessCheck.Answer answer = asked.credentials()
                .map(given -> access.check(given.user(), given.password(), asked.repository(), asked.wish()))
                .orElseGet(() -> new AccessCheck.Answer.Unknown("give a token of this server as the password"));
        if (answer instanceof AccessCheck.Answer.Allowed allowed) {
            return allowed.actor();
        }
        if (answer instanceof AccessCheck.Answer.Forbidden forbidden) {
            throw new RefusedRequest(403, forbidden.why());
        }
        response.setHeader("WWW-Authenticate", "Basic realm=\"Plumbline\"");
        throw new RefusedRequest(401, ((AccessCheck.Answer.Unknown) answer).why());
    }

    private void advertise(GitRequest asked, HttpServletResponse response) throws IOException {
        String name = asked.repository();
        String service = asked.service();
        if (!service.equals(GitRequest.UPLOAD) && !service.equals(GitRequest.RECEIVE)) {
            throw new RefusedRequest(403, "only the smart protocol is served: use git 1.6.6 or newer");
        }
        Optional<Mirror> mirror = mirrors.find(name);
        if (service.equals(GitRequest.UPLOAD)) {
            UploadPack pack = uploadPack(asked, existing(mirror, name));
            response.setContentType("application/x-git-upload-pack-advertisement");
            pack.sendAdvertisedRefs(advertiser(response), GitRequest.UPLOAD);
            return;
        }
        response.setContentType("application/x-git-receive-pack-advertisement");
        PacketLineOut header = new PacketLineOut(response.getOutputStream());
        header.writeString("# service=" + GitRequest.RECEIVE + "\n");
        header.end();
        // asking makes nothing: a name not known yet shows as an empty repository until something is pushed to it
        try (Repository empty = new InMemoryRepository(new DfsRepositoryDescription(name))) {
            receiving.open(mirror.map(Mirror::repository).orElse(empty)).sendAdvertisedRefs(advertiser(response));
        }
    }

    private void upload(GitRequest asked, HttpServletResponse response) throws IOException {
        String name = asked.repository();
        InputStream body = asked.body();
        UploadPack pack = uploadPack(asked, existing(mirrors.find(name), name));
        response.setContentType("application/x-git-upload-pack-result");
        ClientStream client = new ClientStream(response.getOutputStream());
        pack.uploadWithExceptionPropagation(new LimitedInput(body, rules.largestRequest()), client, null);
        if (client.unused()) {
            throw new RefusedRequest(400, "the request ends too early");
        }
    }

    private void receive(GitRequest asked, HttpServletResponse response, String actor) throws IOException {
        InputStream body = new BufferedInputStream(asked.body());
        body.mark(FLUSH.length());
        String start = new String(body.readNBytes(FLUSH.length()), StandardCharsets.US_ASCII);
        body.reset();
        response.setContentType("application/x-git-receive-pack-result");
        if (start.equals(FLUSH)) {
            // before a large push, git sends this alone to learn whether it will be let in
            return;
        }
        if (!start.matches("[0-9a-f]{4}")) {
            throw new RefusedRequest(400, "not a push");
        }
        ClientStream client = new ClientStream(response.getOutputStream());
        receiving.receive(
                mirrors.openOrCreate(asked.repository()).repository(), asked.repository(), actor, body, client);
        if (client.unused()) {
            throw new RefusedRequest(400, "the push ends too early");
        }
    }

    private static UploadPack uploadPack(GitRequest asked, Repository repository) {
        UploadPack pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setRefFilter(RefRules::visible);
        pack.setExtraParameters(asked.parameters());
        return pack;
    }

    private static Repository existing(Optional<Mirror> mirror, String name) {
        return mirror.orElseThrow(
                        () -> new RefusedRequest(404, "there is no repository " + name + "; pushing to it makes it"))
                .repository();
    }

    private static PacketLineOutRefAdvertiser advertiser(HttpServletResponse response) throws IOException {
        return new PacketLineOutRefAdvertiser(new PacketLineOut(response.getOutputStream()));
    }

    private void drain(HttpServletRequest request) {
        byte[] into = new byte[1 << 16];
        long left = DRAINED_PUSHES * rules.largestPush();
        try {
            InputStream body = request.getInputStream();
            for (int read = body.read(into); read >= 0 && left > 0; read = body.read(into)) {
                left -= read;
            }
        } catch (IOException e) {
            LOG.debug("a refused client went away", e);
        }
    }

    private static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        if (!response.isCommitted()) {
            String challenge = response.getHeader("WWW-Authenticate");
            response.reset();
            response.setHeader("WWW-Authenticate", challenge);
            response.setStatus(status);
            response.setContentType("text/plain; charset=utf-8");
            response.getOutputStream().write((message + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
