@echo off
rem Builds Atoll when its sources are newer than what was built, and runs it where you are.
setlocal
set "root=%~dp0"
set "artifacts=%root%artifacts"
set "program=%artifacts%\program\atoll.dll"
set "stamp=%artifacts%\atoll.built"
set "log=%artifacts%\atoll.build.log"

where dotnet >nul 2>nul
if errorlevel 1 (
  echo atoll: the .NET 10 SDK is needed, but there is no dotnet command. Install it: https://dotnet.microsoft.com/download/dotnet/10.0 1>&2
  exit /b 1
)

if not exist "%program%" goto build
if not exist "%stamp%" goto build
powershell -NoProfile -Command "$t = (Get-Item -Force '%stamp%').LastWriteTimeUtc; $skip = '\\(bin|obj|node_modules|dist)(\\|$)'; $new = Get-ChildItem -Recurse '%root%src', '%root%web' | Where-Object { $_.FullName -notmatch $skip -and $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1; if (-not $new) { $new = Get-Item '%root%Directory.*.props', '%root%global.json' | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1 }; exit [int][bool]$new"
if errorlevel 1 goto build
goto run

:build
echo atoll: building (once, and after changes) 1>&2
where node >nul 2>nul
if errorlevel 1 echo atoll: without Node.js 20.19 or later the report has tables in place of charts 1>&2
if not exist "%artifacts%" mkdir "%artifacts%"
type nul > "%stamp%.next"
pushd "%root%"
dotnet publish src\Atoll.Cli -c Release --use-current-runtime -o "%artifacts%\program" -v quiet --nologo > "%log%" 2>&1
if errorlevel 1 (
  popd
  type "%log%" 1>&2
  echo atoll: the build failed (above, and in %log%^) 1>&2
  exit /b 1
)
popd
move /y "%stamp%.next" "%stamp%" >nul

:run
set "ATOLL_COMMAND=%~0"
dotnet "%program%" %*
exit /b %errorlevel%
