/** A real host, and the services around it, for tests of Jenkins' part. */
package io.jenkins.plugins.deployfirst.testing;
