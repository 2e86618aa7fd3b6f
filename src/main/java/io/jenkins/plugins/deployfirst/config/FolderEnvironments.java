package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/** The environments that a team defines for the jobs of its folder. */
public final class FolderEnvironments extends AbstractFolderProperty<AbstractFolder<?>> {
    private final List<EnvironmentDefinition> environments;

    @DataBoundConstructor
    public FolderEnvironments(@CheckForNull List<EnvironmentDefinition> environments) {
        this.environments = new ArrayList<>(Util.fixNull(environments));
    }

    public List<EnvironmentDefinition> getEnvironments() {
        return List.copyOf(environments);
    }

    /** Finds them for the jobs of the folder. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    public static final class Source extends EnvironmentSource {
        @Override
        public List<EnvironmentDefinition> definedAt(ItemGroup<?> group) {
            if (group instanceof AbstractFolder<?> folder) {
                FolderEnvironments property = folder.getProperties().get(FolderEnvironments.class);
                return property == null ? List.of() : property.getEnvironments();
            }
            return List.of();
        }

        @Override
        public List<Item> places() {
            List<Item> places = new ArrayList<>();
            for (AbstractFolder<?> folder : Jenkins.get().allItems(AbstractFolder.class)) {
                if (folder.getProperties().get(FolderEnvironments.class) != null) {
                    places.add(folder);
                }
            }
            return places;
        }
    }

    /** Describes them. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    @Symbol("deployEnvironments")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FolderEnvironments_displayName();
        }

        /** A folder without environments keeps none; one with a wrong setting is not saved. */
        @Override
        public AbstractFolderProperty<?> newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            FolderEnvironments property = (FolderEnvironments) super.newInstance(request, form);
            try {
                EnvironmentReader.checkAll(property.environments);
            } catch (DeployFirstException e) {
                throw new FormException(e.getMessage(), e, "environments");
            }
            return property.environments.isEmpty() ? null : property;
        }
    }
}
