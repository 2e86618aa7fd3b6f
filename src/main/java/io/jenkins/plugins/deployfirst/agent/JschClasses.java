package io.jenkins.plugins.deployfirst.agent;

import com.jcraft.jsch.jce.Random;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives an agent the classes of JSch that are for its Java.
 *
 * <p>JSch is a multi-release jar: its classes for Java 8 know neither Ed25519 nor X25519, those for later releases do.
 * Remoting hands an agent the right ones by themselves, but once the agent has the whole jar in its cache it takes the
 * classes for Java 8 out of that. So they are defined here, before any of them is loaded.
 */
final class JschClasses {
    private static final Logger LOGGER = Logger.getLogger(JschClasses.class.getName());

    /** Those that differ, each after what it extends, with the release of Java that they are for. */
    private static final List<String> NEWER =
            List.of("11/XDH", "15/SignatureEdDSA", "15/SignatureEd25519", "15/SignatureEd448", "15/KeyPairGenEdDSA");

    private static boolean defined;

    private JschClasses() {}

    /** Does it, once in this process. */
    static synchronized void define() {
        if (defined) {
            return;
        }
        defined = true;
        try {
            MethodHandles.Lookup jsch = MethodHandles.privateLookupIn(Random.class, MethodHandles.lookup());
            for (String name : NEWER) {
                define(jsch, name.replace("/", "/com/jcraft/jsch/jce/"));
            }
        } catch (IOException | IllegalAccessException e) {
            LOGGER.log(Level.WARNING, e, () -> "Ed25519 keys may not be known on this agent");
        }
    }

    private static void define(MethodHandles.Lookup jsch, String name) throws IOException, IllegalAccessException {
        String path = "META-INF/versions/" + name + ".class";
        try (InputStream file = jsch.lookupClass().getClassLoader().getResourceAsStream(path)) {
            if (file != null) {
                jsch.defineClass(file.readAllBytes());
            }
        } catch (LinkageError e) {
            LOGGER.log(Level.FINE, e, () -> name + " was loaded before");
        }
    }
}
