/** Where commands run: a host over SSH, or this machine; the shell that runs them, host keys and quoting. */
package io.jenkins.plugins.deployfirst.engine.host;
