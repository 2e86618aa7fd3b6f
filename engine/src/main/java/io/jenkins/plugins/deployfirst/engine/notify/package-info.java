/** Tells people what happened: messages, and the services that carry them. */
package io.jenkins.plugins.deployfirst.engine.notify;
