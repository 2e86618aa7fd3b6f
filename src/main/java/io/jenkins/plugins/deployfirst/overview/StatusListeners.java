package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Saveable;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.deployfirst.agent.FlowListener;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import java.util.List;

/** What happens in Jenkins that concerns what is known of environments. */
final class StatusListeners {
    private StatusListeners() {}

    private static void forgetOthers(@CheckForNull Item folder) {
        List<String> names = DefinedEnvironment.at(folder).stream()
                .map(DefinedEnvironment::name)
                .toList();
        StatusFiles.prune(folder, names);
        StatusBoard.get().prune();
    }

    /** Looks at an environment anew when a flow of this Jenkins may have changed it. */
    @Extension
    public static final class Flows implements FlowListener {
        @Override
        public void onEnded(String environment, String directory) {
            Computer.threadPoolForRemoting.execute(() -> DefinedEnvironment.all().stream()
                    .filter(defined -> defined.name().equals(environment)
                            && defined.definition().getDirectory().equals(directory))
                    .forEach(StatusBoard.get()::lookNow));
        }
    }

    /** Forgets environments that are removed or renamed. */
    @Extension
    public static final class Settings extends SaveableListener {
        @Override
        public void onChange(@NonNull Saveable changed, @NonNull XmlFile file) {
            if (changed instanceof DeployFirstConfiguration) {
                forgetOthers(null);
            } else if (changed instanceof ItemGroup<?> && changed instanceof Item folder) {
                forgetOthers(folder);
            }
        }
    }

    /** Forgets environments whose folder is renamed, moved or deleted; what is kept of them goes with it. */
    @Extension
    public static final class Folders extends ItemListener {
        @Override
        public void onDeleted(Item item) {
            StatusBoard.get().prune();
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            StatusBoard.get().prune();
        }
    }
}
