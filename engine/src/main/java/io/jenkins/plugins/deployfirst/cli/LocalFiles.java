package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.EnvFileSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The files on this machine that the environment file names.
 *
 * @param home what {@code ~} stands for
 * @param base where relative paths start: the environment file's directory
 */
record LocalFiles(Path home, Path base) {
    private static final int LARGEST_KEY = 64 * 1024;
    private static final Pattern PUBLIC_KEY = Pattern.compile(
            "\\A\\s*(ssh-|ecdsa-|sk-ssh|sk-ecdsa|---- BEGIN SSH2 PUBLIC KEY|-----BEGIN [A-Z ]*PUBLIC KEY)");
    private static final Pattern PRIVATE_KEY = Pattern.compile("PRIVATE KEY-----|\\A\\s*PuTTY-User-Key-File-");

    Path resolve(String text) {
        String path = text.strip();
        if (path.equals("~")) {
            return home;
        }
        return path.startsWith("~/") ? home.resolve(path.substring(2)) : base.resolve(path);
    }

    /**
     * Reads a private key.
     *
     * @throws DeployFirstException (USAGE) when there is no such file, or it is not a private key
     */
    byte[] privateKey(YamlValue named) {
        Path file = resolve(named.text());
        if (!Files.isRegularFile(file)) {
            throw refusal(named, "does not exist.", "Name the file of a private key, such as ~/.ssh/id_ed25519.");
        }
        String remedy = "Name a key in OpenSSH, PEM or PuTTY format.";
        byte[] content = content(named, file, LARGEST_KEY, "is not a private key.", remedy);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (PUBLIC_KEY.matcher(text).find()) {
            throw refusal(named, "is a public key.", "Name the private key, usually the same file without .pub.");
        }
        if (!PRIVATE_KEY.matcher(text).find()) {
            throw refusal(named, "is not a private key.", remedy);
        }
        return content;
    }

    /**
     * Reads a secret file that is lent to the host.
     *
     * @throws DeployFirstException (USAGE) when there is no such file, or it cannot be read or is too large
     */
    byte[] secretFile(YamlValue named) {
        Path file = resolve(named.text());
        if (!Files.isRegularFile(file)) {
            throw refusal(named, "does not exist.", "Name a file of this machine, such as ./app.env.");
        }
        return content(named, file, EnvFileSettings.LARGEST, "is larger than 256 KiB.", "Name a smaller file.");
    }

    private static byte[] content(YamlValue named, Path file, int largest, String problem, String remedy) {
        try {
            if (Files.size(file) > largest) {
                throw refusal(named, problem, remedy);
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw refusal(named, "may not be read by this user.", "Change its owner or permissions (chmod 600).");
        }
    }

    private static DeployFirstException refusal(YamlValue named, String problem, String remedy) {
        return named.place().wrong(YamlValue.shown(named.text()) + " " + problem, remedy);
    }
}
