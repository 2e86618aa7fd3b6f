/** Asks a hosting platform to deploy, by an address that is secret. */
package io.jenkins.plugins.deployfirst.engine.hook;
