/** Command lines and scripts for the host, built as plain text: nothing here runs anything. */
package io.jenkins.plugins.deployfirst.engine.command;
