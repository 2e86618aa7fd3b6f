/** Builds the images of a repository and brings them to a registry. */
package io.jenkins.plugins.deployfirst.engine.build;
