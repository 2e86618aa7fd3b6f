/** A real host for tests: OpenSSH server, git, Docker and compose on this machine. */
package io.jenkins.plugins.deployfirst.engine.testing;
