/** Stores with a build which release of an environment was the last validated one. */
package io.jenkins.plugins.deployfirst.wrapper;
