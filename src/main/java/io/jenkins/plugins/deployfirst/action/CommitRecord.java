package io.jenkins.plugins.deployfirst.action;

import hudson.Util;
import java.io.Serializable;
import java.util.Date;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What was known of a commit when a step ended, as it is kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 4)
public final class CommitRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String sha;
    private final String author;
    private final String subject;
    private final long timestamp;
    private final String url;

    CommitRecord(String sha, ResultMap map, String url) {
        this.sha = ResultMap.fit(sha);
        this.author = map.text("author");
        this.subject = map.text("subject");
        this.timestamp = Times.parse(map.text("time"));
        this.url = ResultMap.fit(url);
    }

    @Exported
    public String getSha() {
        return Util.fixNull(sha);
    }

    public String getShortSha() {
        return Sha.abbreviated(getSha());
    }

    @Exported
    public String getAuthor() {
        return Util.fixNull(author);
    }

    /** Returns the first line of its message. */
    @Exported
    public String getSubject() {
        return Util.fixNull(subject);
    }

    /** Returns when it was committed, in milliseconds since 1970; zero when that is not known. */
    @Exported
    public long getTimestamp() {
        return timestamp;
    }

    /** Returns its page on the server that runs its CI; empty when there is none. */
    @Exported
    public String getUrl() {
        return Util.fixNull(url);
    }

    public boolean isLink() {
        return WebAddress.isSafe(getUrl());
    }

    public boolean isDated() {
        return timestamp > 0;
    }

    public String getIsoDate() {
        return Times.iso(timestamp);
    }

    public Date getDate() {
        return new Date(timestamp);
    }

    public String getAge() {
        return Times.ago(timestamp);
    }
}
