/** Understands what CI servers send by webhook: who it is from, and which commit it is about. */
package io.jenkins.plugins.deployfirst.engine.webhook;
