@echo off
rem Opens JShell with everything imported, after building what it needs the first time.
setlocal
set root=%~dp0..
if not exist "%root%\examples\target\examples.jar" call mvn -q -ntp -f "%root%\pom.xml" -DskipTests package || exit /b 1
java -jar "%root%\examples\target\examples.jar" jshell %*
