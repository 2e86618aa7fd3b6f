package io.jenkins.plugins.deployfirst.config;

import hudson.Util;
import hudson.model.Item;
import hudson.model.TaskListener;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/**
 * Where a setting of an environment is changed.
 *
 * @param folder the full name of the folder that defines the environment; empty: Jenkins itself does
 * @param environment its name; empty: none is meant in particular
 * @param setting such as {@code host.ssh.address}; empty: none in particular
 */
public record SettingPlace(String folder, String environment, String setting) {
    /** How messages name the environment whose setting is wrong. */
    private static final Pattern ENVIRONMENT = Pattern.compile("^[Ee]nvironment (\\S+): ");

    /** How messages name a setting: at their beginning, or after what they are about. */
    private static final Pattern SETTING =
            Pattern.compile("(?:^|: )((?:name|host|via|directory|mode|image|remote|compose"
                    + "|preflight|registry|envFile|migrate|health|ci|notify|stateFile|lockTimeout|commandTimeout|backup|freeze"
                    + "|strategy|rolling|jobs)(?:\\.[A-Za-z]+)*): ");

    /**
     * Tells in a build's log where to mend what a message complains of, when that is a setting of an environment which has
     * a name.
     *
     * @param environment which the step is about; empty when it is defined in the step
     */
    public static void tell(TaskListener listener, Item job, String environment, String message) {
        of(job, environment, message)
                .ifPresent(place -> listener.getLogger()
                        .println(Messages.SettingPlace_mend(SettingNote.encodeTo(place, place.path()))));
    }

    static Optional<SettingPlace> of(Item job, String environment, String message) {
        Matcher named = ENVIRONMENT.matcher(message);
        String name = named.find() ? named.group(1) : environment;
        if (message.startsWith("environment: there is no environment ")) {
            return Optional.of(new SettingPlace("", "", ""));
        }
        Matcher setting = SETTING.matcher(message);
        if (message.startsWith("environment: ") && message.contains(" may not use \"" + name + "\"")) {
            return folderOf(name, job).map(folder -> new SettingPlace(folder, name, "jobs"));
        }
        return name.isEmpty() || !setting.find()
                ? Optional.empty()
                : folderOf(name, job).map(folder -> new SettingPlace(folder, name, setting.group(1)));
    }

    /** Returns the folder that defines the environment for the job; empty text for Jenkins itself. */
    private static Optional<String> folderOf(String name, Item job) {
        return DeployFirstConfiguration.get().folderOf(name, job);
    }

    /** Returns whether the current user may change settings there. */
    static boolean mayConfigure(String folder) {
        if (folder.isEmpty()) {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        }
        Item item = Jenkins.get().getItemByFullName(folder);
        return item != null && item.hasPermission(Item.CONFIGURE);
    }

    /** Returns the address of the form within Jenkins, which leads to the setting. */
    String url() {
        String form = folder.isEmpty()
                ? "/manage/configure"
                : "/job/" + String.join("/job/", Util.rawEncode(folder).split("/")) + "/configure";
        return environment.isEmpty()
                ? form + "#deploy-first"
                : form + "?deploy-first=" + Util.rawEncode(environment) + "&setting=" + setting;
    }

    /** Names it for people. */
    String path() {
        String form = folder.isEmpty() ? Messages.SettingPlace_global() : Messages.SettingPlace_folder(folder);
        return environment.isEmpty() ? form : form + " » " + environment + (setting.isEmpty() ? "" : " » " + setting);
    }
}
