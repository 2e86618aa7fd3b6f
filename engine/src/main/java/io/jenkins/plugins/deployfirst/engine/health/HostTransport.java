package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.command.Probes;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends requests from the host itself, by its curl or wget, and without headers, which others there could read. */
final class HostTransport implements HttpTransport {
    /** What the host's shell may need besides the request, so that curl ends by itself and says why. */
    private static final Duration SHELL_TIME = Duration.ofSeconds(1);

    private static final String CURL_TIMED_OUT = "28";
    private static final String NEITHER_CURL_NOR_WGET = "127";
    private static final int SHOWN = 160;

    private final HostShell shell;
    private final boolean withBody;

    HostTransport(HostShell shell, boolean withBody) {
        this.shell = shell;
        this.withBody = withBody;
    }

    @Override
    public HttpAnswer get(URI url, Map<String, String> headers, Deadline deadline)
            throws IOException, InterruptedException {
        Duration left = deadline.left();
        String script = Probes.http(url.toString(), left.toMillis(), HttpAnswer.BODY_LIMIT, withBody);
        ScriptResult result = shell.run("health", script, left.plus(SHELL_TIME));
        if (result.exitStatus() == HostShell.DEADLINE_PASSED
                || result.value(Probes.EXIT).equals(CURL_TIMED_OUT)) {
            throw new IOException("no whole answer within " + DurationText.format(deadline.timeout()));
        }
        if (!result.succeeded()) {
            throw new IOException("the host could not ask: " + OneLine.of(result.tail(), SHOWN));
        }
        return answer(url, result);
    }

    private static HttpAnswer answer(URI url, ScriptResult result) throws IOException {
        List<ResponseHead> heads = ResponseHead.parse(result.value(Probes.HEAD));
        boolean truncated = result.value(Probes.TRUNCATED).equals("yes");
        if (heads.isEmpty() || !isWhole(result, heads.get(heads.size() - 1), truncated)) {
            throw new IOException(reason(result));
        }
        requireNoDowngrade(url, heads);
        ResponseHead head = heads.get(heads.size() - 1);
        Charset charset = BodyText.charset(head.field("Content-Type").orElse(""));
        String body = new String(Base64.getMimeDecoder().decode(result.value(Probes.BODY)), charset);
        return new HttpAnswer(head.status(), head.field("Location"), body, truncated, Optional.empty());
    }

    /** Both fail when no more of the body is taken, which is none; wget fails for every status that is an error. */
    private static boolean isWhole(ScriptResult result, ResponseHead head, boolean truncated) {
        boolean saidByWget = result.value(Probes.ERROR).isEmpty() && head.status() >= 400;
        return truncated || saidByWget || result.value(Probes.EXIT).equals("0");
    }

    private static String reason(ScriptResult result) {
        String exit = result.value(Probes.EXIT);
        if (exit.equals(NEITHER_CURL_NOR_WGET)) {
            return "neither curl nor wget is on the host";
        }
        String error = result.value(Probes.ERROR).replaceFirst("^curl: \\(\\d+\\) ", "");
        return "no whole answer (" + (error.isBlank() ? "exit status " + exit : OneLine.of(error, SHOWN)) + ")";
    }

    /** wget follows redirects by itself, so that a step from https to http shows only afterwards. */
    private static void requireNoDowngrade(URI url, List<ResponseHead> heads) throws IOException {
        for (ResponseHead head : heads.subList(0, heads.size() - 1)) {
            Optional<URI> target = head.field("Location").flatMap(location -> Urls.resolve(url, location));
            if (Urls.isHttps(url) && target.isPresent() && !Urls.isHttps(target.get())) {
                throw new IOException("HTTP " + head.status() + " redirects from https to "
                        + Urls.withoutSecrets(target.get()) + ", which is not followed");
            }
        }
    }
}
