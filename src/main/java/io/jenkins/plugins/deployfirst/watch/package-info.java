/** Watches of CI on the controller: what all of them share, and those that outlive their builds. */
package io.jenkins.plugins.deployfirst.watch;
