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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
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
    private static final Pattern REQUEST =
            Pattern.compile("/(?<name>.+)\\.git/(?<what>info/refs|git-upload-pack|git-receive-pack)");
    /** How many times the largest push is read and thrown away, before a client is cut off in mid-sentence. */
    private static final long DRAINED_PUSHES = 8;

    private static final String FLUSH = "0000";
    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";

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
        } catch (Refused refused) {
            refuse(response, refused.status, refused.why);
        } catch (UnpackException e) {
            // the client has read why in its report; what it still sends is read so that it gets to see it
            LOG.debug("a push was not taken", e);
            drain(request.getInputStream());
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
        Matcher path = REQUEST.matcher(path(request));
        if (!path.matches() || Mirrors.faultOf(path.group("name")).isPresent()) {
            throw new Refused(404, "a repository is at /git/NAME.git, its name made of letters, digits and . _ - /");
        }
        String name = path.group("name");
        String what = path.group("what");
        String actor = actor(request, response, name);
        boolean get = request.getMethod().equals("GET");
        if (get != what.equals("info/refs") || !(get || request.getMethod().equals("POST"))) {
            throw new Refused(405, "Git asks for info/refs by GET and for the services by POST");
        }
        if (get) {
            advertise(request, response, name);
        } else if (what.equals(UPLOAD)) {
            upload(request, response, name);
        } else {
            receive(request, response, name, actor);
        }
    }

    private static String path(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getPathInfo()).orElse("");
        } catch (IllegalArgumentException e) {
            // Jetty's word for an encoding that could mean two paths
            throw new Refused(400, "the path is ambiguous");
        }
    }

    private String actor(HttpServletRequest request, HttpServletResponse response, String repository) {
        return credentials(request)
                .flatMap(pair -> access.actor(pair.get(0), pair.get(1), repository))
                .orElseThrow(() -> {
                    response.setHeader("WWW-Authenticate", "Basic realm=\"Plumbline\"");
                    return new Refused(401, "give the server's token as the password");
                });
    }

    private static Optional<List<String>> credentials(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            byte[] pair = Base64.getDecoder().decode(header.substring(6).strip());
            String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 ? Optional.of(List.of(parts)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void advertise(HttpServletRequest request, HttpServletResponse response, String name) throws IOException {
        String service = Optional.ofNullable(request.getParameter("service")).orElse("");
        if (!service.equals(UPLOAD) && !service.equals(RECEIVE)) {
            throw new Refused(403, "only the smart protocol is served: use git 1.6.6 or newer");
        }
        Optional<Mirror> mirror = mirrors.find(name);
        if (service.equals(UPLOAD)) {
            UploadPack pack = uploadPack(request, existing(mirror, name));
            response.setContentType("application/x-git-upload-pack-advertisement");
            pack.sendAdvertisedRefs(advertiser(response), UPLOAD);
            return;
        }
        response.setContentType("application/x-git-receive-pack-advertisement");
        PacketLineOut header = new PacketLineOut(response.getOutputStream());
        header.writeString("# service=" + RECEIVE + "\n");
        header.end();
        // asking makes nothing: a name not known yet shows as an empty repository until something is pushed to it
        try (Repository empty = new InMemoryRepository(new DfsRepositoryDescription(name))) {
            receiving.open(mirror.map(Mirror::repository).orElse(empty)).sendAdvertisedRefs(advertiser(response));
        }
    }

    private void upload(HttpServletRequest request, HttpServletResponse response, String name) throws IOException {
        requireType(request, UPLOAD);
        UploadPack pack = uploadPack(request, existing(mirrors.find(name), name));
        response.setContentType("application/x-git-upload-pack-result");
        ClientStream client = new ClientStream(response.getOutputStream());
        pack.uploadWithExceptionPropagation(new LimitedInput(body(request), rules.largestRequest()), client, null);
        if (client.unused()) {
            throw new Refused(400, "the request ends too early");
        }
    }

    private void receive(HttpServletRequest request, HttpServletResponse response, String name, String actor)
            throws IOException {
        requireType(request, RECEIVE);
        InputStream body = new BufferedInputStream(body(request));
        body.mark(FLUSH.length());
        String start = new String(body.readNBytes(FLUSH.length()), StandardCharsets.US_ASCII);
        body.reset();
        response.setContentType("application/x-git-receive-pack-result");
        if (start.equals(FLUSH)) {
            // before a large push, git sends this alone to learn whether it will be let in
            return;
        }
        if (!start.matches("[0-9a-f]{4}")) {
            throw new Refused(400, "not a push");
        }
        ClientStream client = new ClientStream(response.getOutputStream());
        receiving.receive(mirrors.openOrCreate(name).repository(), name, actor, body, client);
        if (client.unused()) {
            throw new Refused(400, "the push ends too early");
        }
    }

    private static UploadPack uploadPack(HttpServletRequest request, Repository repository) {
        UploadPack pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setRefFilter(RefRules::visible);
        String version = request.getHeader("Git-Protocol");
        if (version != null) {
            pack.setExtraParameters(List.of(version.split(":")));
        }
        return pack;
    }

    private static Repository existing(Optional<Mirror> mirror, String name) {
        return mirror.orElseThrow(() -> new Refused(404, "there is no repository " + name + "; pushing to it makes it"))
                .repository();
    }

    private static PacketLineOutRefAdvertiser advertiser(HttpServletResponse response) throws IOException {
        return new PacketLineOutRefAdvertiser(new PacketLineOut(response.getOutputStream()));
    }

    private static void requireType(HttpServletRequest request, String service) {
        if (!("application/x-" + service + "-request").equals(request.getContentType())) {
            throw new Refused(415, "not a request of a Git client");
        }
    }

    private static InputStream body(HttpServletRequest request) throws IOException {
        String encoding =
                Optional.ofNullable(request.getHeader("Content-Encoding")).orElse("identity");
        return switch (encoding) {
            case "identity" -> request.getInputStream();
            case "gzip", "x-gzip" -> new GZIPInputStream(request.getInputStream());
            default -> throw new Refused(415, "only gzip is known as content encoding");
        };
    }

    private void drain(InputStream body) throws IOException {
        byte[] into = new byte[1 << 16];
        long left = DRAINED_PUSHES * rules.largestPush();
        for (int read = body.read(into); read >= 0 && left > 0; read = body.read(into)) {
            left -= read;
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

    /** A request that is answered with a status and a sentence. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String why;

        Refused(int status, String why) {
            super(why, null, false, false);
            this.status = status;
            this.why = why;
        }
    }
}
