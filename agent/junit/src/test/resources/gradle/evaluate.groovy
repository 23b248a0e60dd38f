// Evaluates what stands in an application's build.gradle with Gradle's own classes, and prints the JVM arguments that its
// tests get; with a main class, runs it as bootRun does.
//   evaluate.groovy <project's folder> <build.gradle> <Maven repository> [<class path> <main class> <argument>…]
import org.gradle.testfixtures.ProjectBuilder

def folder = new File(args[0]).absoluteFile
def project = ProjectBuilder.builder().withProjectDir(folder).withGradleUserHomeDir(new File(folder, 'home')).build()
project.pluginManager.apply('java')
project.pluginManager.apply('org.springframework.boot')
project.repositories.maven { url = new File(args[2]).toURI() }
project.apply(from: args[1])
println "Gradle $project.gradle.gradleVersion"
project.tasks.test.allJvmArgs.each { println "test: $it" }
project.configurations.testRuntimeClasspath.files.each { println "testRuntimeClasspath: $it.name" }
if (args.length > 3) {
  def run = project.tasks.bootRun
  run.classpath = project.files(args[3].split(File.pathSeparator))
  run.mainClass = args[4]
  run.args(args.drop(5))
  run.exec()
}
System.exit(0) // Gradle's threads would keep it alive.
