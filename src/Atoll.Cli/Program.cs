using System.Text;
using Atoll.Cli;

if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
{
    Console.OutputEncoding = Encoding.UTF8;
}
using Interruption interruption = new(Console.Error);
return await CommandLine.RunAsync(args, Console.Out, Console.Error, interruption.Token);
