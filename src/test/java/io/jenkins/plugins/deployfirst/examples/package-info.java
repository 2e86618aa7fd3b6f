/** The examples, run as they stand on a real Jenkins and real hosts. */
package io.jenkins.plugins.deployfirst.examples;
