package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scripts and the command line that build an image with BuildKit or with the classic builder, and push it.
 *
 * @param context the folder that is sent to the builder, absolute
 * @param dockerfile absolute
 * @param target the stage to build; empty: the last one
 * @param buildArgs by name
 * @param labels by name
 * @param cacheFrom names of images whose layers are used again
 * @param names the image's names with their tags
 */
public record DockerBuild(
        String context,
        String dockerfile,
        Optional<String> target,
        Map<String, String> buildArgs,
        Map<String, String> labels,
        List<String> cacheFrom,
        List<String> names) {
    /** The branch is known only where a person checked it out; a build checks out a commit. */
    private static final String LOOK = """
            command -v docker >/dev/null 2>&1 || problem no-docker
            version=$(docker version --format '{{.Server.Version}}' 2>&1) || problem docker-fails "$version"
            report docker "$version"
            if docker buildx version >/dev/null 2>&1; then report buildkit yes; fi
            report head "$(git rev-parse --verify -q HEAD 2>/dev/null || :)"
            report branch "$(git symbolic-ref --short -q HEAD 2>/dev/null || :)"
            TOP=$(pwd -P)
            inside() { case $1/ in "${TOP%/}"/*) ;; *) return 1 ;; esac; }
            look() {
              folder=$(realpath -- "$2" 2>/dev/null) && [ -d "$folder" ] || { report wrong "$1 context-missing"; return 0; }
              inside "$folder" || { report wrong "$1 context-outside"; return 0; }
              file=${3:-$folder/Dockerfile}
              [ -f "$file" ] || { report wrong "$1 dockerfile-missing"; return 0; }
              file=$(realpath -- "$file")
              inside "$file" || { report wrong "$1 dockerfile-outside"; return 0; }
              report "context_$1" "$folder"
              report "dockerfile_$1" "$file"
            }""";

    private static final String PUSH = """
            docker tag "$ID" "$NAME"
            LOG=$(mktemp "$T/push.XXXXXXXX")
            { docker push "$NAME" 2>&1 || : > "$LOG.failed"; } | tee -- "$LOG"
            [ ! -e "$LOG.failed" ] || problem push-failed "$NAME"
            sed -n 's/.* digest: \\(sha256:[0-9a-f]*\\) .*/\\1/p' "$LOG" | report_lines digest""";

    public DockerBuild {
        buildArgs = Map.copyOf(buildArgs);
        labels = Map.copyOf(labels);
        cacheFrom = List.copyOf(cacheFrom);
        names = List.copyOf(names);
    }

    /**
     * Looks whether images can be built: ends in a problem when Docker does not work, reports {@code buildkit} when it is
     * there, the checkout's {@code head} and {@code branch}, and for each image, by its number, {@code context_N} and
     * {@code dockerfile_N} as absolute paths, or a line {@code wrong}.
     *
     * @param images the context of each, and its Dockerfile or nothing, relative to the directory
     */
    public static String look(String directory, List<Map.Entry<String, String>> images) {
        Script script = Script.in(directory).then(LOOK);
        for (int number = 0; number < images.size(); number++) {
            Map.Entry<String, String> image = images.get(number);
            script = script.then(
                    "look " + number + " " + Quote.quoted(image.getKey()) + " " + Quote.quoted(image.getValue()));
        }
        return script.text();
    }

    /**
     * Builds the image and reports its {@code id}.
     *
     * @param script begun in the workspace, with what the commands need
     * @param buildKit whether the builder is BuildKit
     * @param ssh whether the builder gets the SSH agent
     * @param idFile where the builder writes the image's id
     */
    public String script(Script script, boolean buildKit, boolean ssh, String idFile) {
        Script ready = buildKit ? script : pullCache(script);
        return ready.then((buildKit ? "" : "DOCKER_BUILDKIT=0 ") + line(buildKit, ssh, idFile)
                        + (buildKit || cacheFrom.isEmpty() ? "" : " $cache") + " " + Quote.word(context))
                .set("ID_FILE", idFile)
                .then("report id \"$(cat -- \"$ID_FILE\")\"")
                .text();
    }

    /** The classic builder uses no layer but those of cache images that are there already; BuildKit looks for itself. */
    private Script pullCache(Script script) {
        Script pulling = cacheFrom.isEmpty() ? script : script.then("cache=");
        for (String image : cacheFrom) {
            String word = Quote.word(image);
            pulling = pulling.then("if docker pull -q " + word + " >/dev/null 2>&1 || docker image inspect " + word
                    + " >/dev/null 2>&1; then cache=\"$cache --cache-from \"" + word + "; else echo 'no cache image '"
                    + word + "; fi");
        }
        return pulling;
    }

    /** Returns the command line without the context at its end. */
    private String line(boolean buildKit, boolean ssh, String idFile) {
        List<String> words = new ArrayList<>(
                buildKit
                        ? List.of("docker", "buildx", "build", "--load", "--progress", "plain")
                        : List.of("docker", "build"));
        words.addAll(List.of("--iidfile", idFile, "--file", dockerfile));
        target.ifPresent(stage -> words.addAll(List.of("--target", stage)));
        sorted("--build-arg", buildArgs, words);
        sorted("--label", labels, words);
        names.forEach(name -> words.addAll(List.of("--tag", name)));
        if (buildKit) {
            cacheFrom.forEach(image -> words.addAll(List.of("--cache-from", image)));
            if (!cacheFrom.isEmpty()) {
                // Without it, what is pushed could not serve as a cache image itself.
                words.addAll(List.of("--cache-to", "type=inline"));
            }
            if (ssh) {
                words.addAll(List.of("--ssh", "default"));
            }
        }
        return Quote.command(words);
    }

    private static void sorted(String option, Map<String, String> values, List<String> words) {
        values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(value -> words.addAll(List.of(option, value.getKey() + "=" + value.getValue())));
    }

    /**
     * Pushes an image by one of its names, and reports the {@code digest} that the registry has given it.
     *
     * @param id the image that was built: another build may have given the name away meanwhile
     * @param scratch the flow's own directory
     */
    public static String push(Script script, String id, String name, String scratch) {
        return script.set("ID", id)
                .set("NAME", name)
                .set("T", scratch)
                .then(PUSH)
                .text();
    }
}
