/** The endpoint that CI servers call when something happened to a commit. */
package io.jenkins.plugins.deployfirst.webhook;
