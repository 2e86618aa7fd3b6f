/** Watches a commit's checks on a CI server until they give a verdict. */
package io.jenkins.plugins.deployfirst.engine.ci;
