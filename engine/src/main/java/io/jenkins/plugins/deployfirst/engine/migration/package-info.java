/** Tries a schema's migrations forth, back and forth on a database that is thrown away. */
package io.jenkins.plugins.deployfirst.engine.migration;
